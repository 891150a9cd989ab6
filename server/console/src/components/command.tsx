// A command of the operators' CLI, ready to be marked and copied with one click.

/** As one line for a POSIX shell. */
export function kursCall(method: string, params: object): string {
  const quoted = JSON.stringify(params).replaceAll("'", "'\\''");
  return `kurs call ${method} '${quoted}'`;
}

export function Command({ text }: { text: string }) {
  return (
    <pre class="command" tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}
