#!/usr/bin/env python3
"""Draws the pictures of balancing/README.md: python3 make_pictures.py [FOLDER].

Everything shown is computed here, by a few lines of filling and of line currents that share nothing
with the C++: a picture that looks wrong is a reason to look.
"""
import math
import sys
from pathlib import Path

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 60, 190, 30, 50
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"]  # told apart by the colour-blind, too
STYLE = """<style>
text { font: 13px sans-serif; fill: #222 } .small { font-size: 11px } .axis { stroke: #888; fill: none }
.grid { stroke: #ddd } .limit { stroke: #c00; stroke-dasharray: 6 4; fill: none } .box { fill: #fff; stroke: #888 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #444 } .box { fill: #222 } }
</style>"""


def svg(body, width=WIDTH, height=HEIGHT):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">'
    return "\n".join([head, STYLE, *body, "</svg>"]) + "\n"


class Chart:
    """A plot area with axes from 0; x and y give places in the picture."""

    def __init__(self, x_most, y_most, x_name, y_name, x_step, y_step):
        self.x_most, self.y_most = x_most, y_most
        self.body = []
        for k in range(int(x_most / x_step) + 1):
            x = self.x(k * x_step)
            self.body.append(f'<line class="grid" x1="{x:.1f}" y1="{self.y(0):.1f}" x2="{x:.1f}" y2="{TOP}"/>')
            self.text(k * x_step, 0, f"{k * x_step:g}", dy=18, anchor="middle")
        for k in range(int(y_most / y_step) + 1):
            y = self.y(k * y_step)
            self.body.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{self.x(x_most):.1f}" y2="{y:.1f}"/>')
            self.text(0, k * y_step, f"{k * y_step:g}", dx=-8, dy=4, anchor="end")
        self.text(x_most / 2, 0, x_name, dy=38, anchor="middle")
        self.text(0, y_most, y_name, dx=-40, dy=-12)

    def x(self, value):
        return LEFT + value / self.x_most * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - value / self.y_most * (HEIGHT - TOP - BOTTOM)

    def text(self, x, y, text, dx=0, dy=0, anchor="start", css=""):
        self.body.append(f'<text class="{css}" x="{self.x(x) + dx:.1f}" y="{self.y(y) + dy:.1f}" '
                         f'text-anchor="{anchor}">{text}</text>')

    def line(self, points, colour=None, css="", width=2):
        points = without_the_straight_ones(points)
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        paint = f'stroke="{colour}" stroke-width="{width}" fill="none"' if colour else f'class="{css}"'
        self.body.append(f'<polyline points="{path}" {paint}/>')


def without_the_straight_ones(points):
    """The corners of a line: what lies on the way from one point to the next but one is left out."""
    kept = points[:1]
    for before, point, after in zip(points, points[1:], points[2:]):
        turn = ((point[0] - before[0]) * (after[1] - point[1]) - (point[1] - before[1]) * (after[0] - point[0]))
        if abs(turn) > 1e-9:
            kept.append(point)
    return kept + points[-1:]


# An example that every picture of the filling uses: one line of a main fuse and two circuits.
NODES = {"main": (None, 63.0), "A": ("main", 21.0), "B": ("main", 63.0)}
CARS = [  # name, node, least, most, weight
    ("A1", "A", 6.0, 32.0, 1.0),
    ("A2", "A", 6.0, 32.0, 1.0),
    ("B1", "B", 6.0, 14.0, 1.0),
    ("B2", "B", 6.0, 32.0, 1.0),
    ("B3", "B", 6.0, 32.0, 0.5),
]


def path(node):
    while node is not None:
        yield node
        node = NODES[node][0]


def filled(level_end, step=0.005):
    """Currents of all cars at every level, by walking up in small steps."""
    current = {name: least for name, _, least, _, _ in CARS}
    stopped = {}
    steps = []
    for k in range(int(level_end / step) + 1):
        level = k * step
        for name, node, least, most, weight in CARS:
            if name in stopped:
                continue
            wanted = min(max(weight * level, least), most)
            used = {n: sum(current[c[0]] for c in CARS if n in path(c[1])) for n in path(node)}
            full = [n for n in path(node) if used[n] + wanted - current[name] > NODES[n][1] + 1e-9]
            if full and wanted > current[name]:
                stopped[name] = (level, full[0] + " is full")
            else:
                current[name] = wanted
                if wanted >= most:
                    stopped[name] = (level, "its maximum")
        steps.append((level, dict(current)))
    return steps, stopped


def filling_picture():
    most_level = 24
    steps, stopped = filled(most_level)
    chart = Chart(most_level, 24, "level (amperes per unit of weight)", "A", 4, 4)
    ends = []
    for index, (name, *_rest) in enumerate(CARS):
        chart.line([(level, current[name]) for level, current in steps], COLOURS[index])
        level, why = stopped[name]
        at = steps[-1][1][name]
        chart.body.append(f'<circle cx="{chart.x(level):.1f}" cy="{chart.y(at):.1f}" r="4" fill="{COLOURS[index]}"/>')
        ends.append((at, f"{name}: {at:.1f} A, {why}", COLOURS[index]))
    last = None
    for at, text, colour in sorted(ends, reverse=True):
        y = chart.y(at) if last is None else max(chart.y(at), last + 15)
        last = y
        chart.body.append(f'<text class="small" x="{chart.x(most_level) + 6:.1f}" y="{y + 4:.1f}" '
                          f'style="fill:{colour}">{text}</text>')
    return svg(chart.body)


def tree_picture():
    body = []

    def box(x, y, title, text, width=150):
        body.append(f'<rect class="box" x="{x}" y="{y}" width="{width}" height="44" rx="5"/>')
        body.append(f'<text x="{x + 10}" y="{y + 18}">{title}</text>')
        body.append(f'<text class="small" x="{x + 10}" y="{y + 35}">{text}</text>')

    def arrow(x1, y1, x2, y2):
        body.append(f'<path class="axis" d="M{x1},{y1} C{x1},{(y1 + y2) / 2} {x2},{(y1 + y2) / 2} {x2},{y2}"/>')

    box(285, 10, "main fuse", "63 A on L1, L2, L3")
    box(110, 100, "circuit A", "21 A per line")
    box(460, 100, "circuit B", "63 A per line")
    arrow(360, 54, 185, 100)
    arrow(360, 54, 535, 100)
    cars = [("A1", "L1 L2 L3", 40), ("A2", "L2", 180), ("B1", "L3", 370), ("B2", "L1 L2 L3", 495), ("B3", "L1", 620)]
    for (name, lines, x) in cars:
        box(x, 200, name, lines, width=95)
        arrow(185 if name[0] == "A" else 535, 144, x + 47, 200)
    body.append('<text class="small" x="40" y="275">Every box has four sums: what is on L1, L2 and L3 alone, and what '
                'is on all three alike. On IT: the pairs L1-L2, L2-L3, L3-L1 instead.</text>')
    return svg(body, height=290)


def line_picture():
    """What two pairs that share a line may carry together on a 63 A fuse."""
    limit = 63.0
    chart = Chart(70, 70, "A on the pair L1-L2", "A on the pair L3-L1", 10, 10)

    def boundary(cross):
        points = []
        for k in range(91):
            angle = math.radians(k)
            x, y = math.cos(angle), math.sin(angle)
            radius = limit / math.sqrt(x * x + y * y + cross * x * y)
            points.append((radius * x, radius * y))
        return points

    def cross_at(power_factor):
        return 2 * math.cos(math.radians(60) - 2 * math.acos(power_factor))

    for index, (cross, text) in enumerate([
            (cross_at(1), "equal power factors: exact, and not safe otherwise"),
            (cross_at(0.98), "power factors from 0.98: safe, what is used"),
            (2.0, "plain sum: safe for anything")]):
        points = boundary(cross)
        chart.line(points, COLOURS[index])
        middle = points[45]
        chart.body.append(f'<text class="small" x="{chart.x(34) + 60:.1f}" y="{TOP + 20 + 16 * index:.1f}" '
                          f'style="fill:{COLOURS[index]}">{text}: {middle[0]:.1f} + {middle[1]:.1f} A</text>')
    return svg(chart.body)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, picture in [("tree", tree_picture), ("filling", filling_picture), ("line", line_picture)]:
        (folder / f"{name}.svg").write_text(picture())


main()
