// How long to wait before the next attempt to connect.

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Doubles from half a second to 15 s. `random` in [0, 1) takes away up to half of it, so that a hundred
 * consoles do not knock on a restarted server at the same instant.
 */
export function backoffMs(failedAttempts: number, random: number): number {
  const full = Math.min(FIRST_MS * 2 ** failedAttempts, LONGEST_MS);
  return full * (1 - random / 2);
}
