const EXPRESSION = /^\$currentDate(?:([+-])(\d+)([hdwMmybQ]))?$/;

/** A day as Workspace writes it: `YYYY-MM-DD`. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/**
 * The day that a date parameter stands for.
 *
 * Understands what Workspace understands: a date, or `$currentDate` with one step such as `-1M`; the units are
 * h(our), d(ay), w(eek), M or m (month), y(ear), b(usiness day) and Q(uarter). Days are counted in UTC.
 *
 * @returns `YYYY-MM-DD`, or undefined when the text is no date
 */
export function resolveDate(text: string, now = new Date()): string | undefined {
  const match = EXPRESSION.exec(text.trim());
  if (match) {
    const [, sign, amount, unit] = match;
    const steps = Number(amount ?? 0) * (sign === "-" ? -1 : 1);
    const date = shift(now, steps, unit);
    return Number.isNaN(date.getTime()) ? undefined : isoDay(date);
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const date = new Date(`${text}T00:00:00Z`);
    // 2024-02-31 would roll over to March.
    return !Number.isNaN(date.getTime()) && isoDay(date) === text ? text : undefined;
  }
  const time = /\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : isoDay(new Date(time));
}

function shift(from: Date, steps: number, unit: string | undefined): Date {
  const date = new Date(from);
  switch (unit) {
    case "h":
      date.setUTCHours(date.getUTCHours() + steps);
      return date;
    case "d":
      date.setUTCDate(date.getUTCDate() + steps);
      return date;
    case "w":
      date.setUTCDate(date.getUTCDate() + 7 * steps);
      return date;
    case "M":
    case "m":
      return shiftMonths(date, steps);
    case "Q":
      return shiftMonths(date, 3 * steps);
    case "y":
      return shiftMonths(date, 12 * steps);
    case "b":
      return shiftBusinessDays(date, steps);
    default:
      return date;
  }
}

/** 31 May less one month is 30 April, not 1 May. */
function shiftMonths(date: Date, months: number): Date {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date;
}

function shiftBusinessDays(date: Date, days: number): Date {
  const step = Math.sign(days);
  for (let left = Math.min(Math.abs(days), 10_000); left > 0; ) {
    date.setUTCDate(date.getUTCDate() + step);
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left--;
  }
  return date;
}
