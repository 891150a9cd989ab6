// Small line drawings, 16 by 16, in the colour of the text beside them. They only repeat what the text says.

const shapes = {
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  plug: 'M5.5 1.5v4M10.5 1.5v4M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5v2',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  ring: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  check: 'M3 8.5 6.5 12 13 4.5',
  cut: 'M2.5 13.5l11-11M4.5 4.9A4.5 4.5 0 0 0 11.1 11.5M7 3.6A4.5 4.5 0 0 1 12.4 9',
  warning: 'M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.4v.6',
  minus: 'M3.5 8h9',
  bookmark: 'M4.5 2h7v12L8 11l-3.5 3z',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
