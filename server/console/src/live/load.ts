// How near a measured current is to the rating that it flows through.

export type LoadLevel = 'unknown' | 'quiet' | 'high' | 'full' | 'over';

/** Shares of the rating at which a bar changes its look. Judgements: a full circuit is normal, not a fault. */
const HIGH_FROM = 0.8;
const FULL_FROM = 0.95;

/** The page shows tenths of an ampere; what it cannot show as more than the rating it does not call more. */
const SHOWN_STEPS_PER_AMPERE = 10;

export function loadLevel(measuredA: number | null, ratingA: number): LoadLevel {
  if (measuredA === null) return 'unknown';
  if (Math.round(measuredA * SHOWN_STEPS_PER_AMPERE) > Math.round(ratingA * SHOWN_STEPS_PER_AMPERE)) return 'over';
  if (measuredA >= FULL_FROM * ratingA) return 'full';
  if (measuredA >= HIGH_FROM * ratingA) return 'high';
  return 'quiet';
}

/** Part of a bar whose end is the rating, 0 to 1. */
export function shareOf(currentA: number | null, ratingA: number): number {
  if (currentA === null || ratingA <= 0) return 0;
  return Math.min(Math.max(currentA / ratingA, 0), 1);
}
