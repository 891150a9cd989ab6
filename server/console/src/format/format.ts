// Numbers and times as people of one language read them. Unknown values are a dash.

export const DASH = '–';
const NBSP = '\u00a0';
const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

export interface DurationWords {
  day: string;
  hour: string;
  minute: string;
  lessThanAMinute: string;
}

export interface Format {
  /** "16 A", "13.3 A". */
  ampere(value: number | null | undefined): string;
  /** "16.0": for columns, where every number has its tenths. */
  tenths(value: number | null | undefined): string;
  /** "3.20 kWh". */
  energy(kilowattHours: number | undefined): string;
  count(value: number): string;
  /** "1 h 12 min", from two RFC 3339 times. */
  duration(from: string, to: string): string;
  /** "12:03:15" on the wall of the installation. */
  clock(time: string, timeZone: string): string;
  /** "12:03", with the date when it was on another day than `now`. */
  moment(time: string, now: string, timeZone: string): string;
}

export function makeFormat(locale: string, words: DurationWords): Format {
  const upToTenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const hundredths = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

  const dateTime = (time: string, timeZone: string, options: Intl.DateTimeFormatOptions): string => {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return DASH;
    try {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(date);
    } catch {
      return new Intl.DateTimeFormat(locale, options).format(date); // a zone that this browser does not know
    }
  };
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const day = { day: 'numeric', month: 'short' } as const;

  return {
    ampere: (value) => (value === null || value === undefined ? DASH : `${upToTenths.format(value)}${NBSP}A`),
    tenths: (value) => (value === null || value === undefined ? DASH : tenths.format(value)),
    energy: (value) => (value === undefined ? DASH : `${hundredths.format(value)}${NBSP}kWh`),
    count: (value) => whole.format(value),
    duration: (from, to) => durationText(Date.parse(to) - Date.parse(from), words),
    clock: (time, timeZone) => dateTime(time, timeZone, clock),
    moment: (time, now, timeZone) => {
      const sameDay = dateTime(time, timeZone, day) === dateTime(now, timeZone, day);
      const { hour, minute, hourCycle } = clock;
      return dateTime(time, timeZone, { hour, minute, hourCycle, ...(sameDay ? {} : day) });
    },
  };
}

function durationText(milliseconds: number, words: DurationWords): string {
  if (Number.isNaN(milliseconds)) return DASH;
  const minutes = Math.floor(milliseconds / MS_PER_MINUTE);
  if (minutes < 1) return words.lessThanAMinute;
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  const days = Math.floor(hours / HOURS_PER_DAY);
  const part = (value: number, unit: string) => `${value}${NBSP}${unit}`;
  if (days > 0) return `${part(days, words.day)} ${part(hours % HOURS_PER_DAY, words.hour)}`;
  if (hours > 0) return `${part(hours, words.hour)} ${part(minutes % MINUTES_PER_HOUR, words.minute)}`;
  return part(minutes, words.minute);
}
