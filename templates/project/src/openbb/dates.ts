const EXPRESSION = /^\$currentDate(?:([+-])(\d+)([hdwMmybQ]))?$/;

/** A day as Workspace writes it: `YYYY-MM-DD`. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/**
 * The day that a date parameter stands for.
 *
 * Understands what Workspace sends: a day, with or without a time, or `$currentDate` with one step such as `-1M`; the units are
 * h(our), d(ay), w(eek), M or m (month), y(ear), b(usiness day) and Q(uarter). Days are counted in UTC.
 *
 * @returns `YYYY-MM-DD`, or undefined when the text is no date
 */
export function resolveDate(text: string, now = new Date()): string | undefined {
  const match = EXPRESSION.exec(text.trim());
  if (match) {
    const [, sign, amount, unit] = match;
    const date = shift(now, Number(amount ?? 0) * (sign === "-" ? -1 : 1), unit);
    return isNormal(date) ? isoDay(date) : undefined;
  }
  const day = /^(\d{4}-\d{2}-(\d{2}))(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  // 2024-02-31 rolls over to 2 March, and 2024-13-01 is no date: neither has the day that was asked for.
  return day && new Date(`${day[1]}T00:00:00Z`).getUTCDate() === Number(day[2]) ? day[1] : undefined;
}

/**
 * The day that the default of a date parameter stands for. An author may write it in any way that JavaScript can read,
 * "Jan 5, 2024" for one: Workspace sends it just as it is written. What cannot be read is today, as in Workspace.
 */
export function resolveDefaultDate(text: string, now = new Date()): string {
  const date = new Date(text);
  const local = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
  return resolveDate(text, now) ?? (isNormal(local) ? isoDay(local) : isoDay(now));
}

/** A date with a year of four digits: others have no such form. */
function isNormal(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999;
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
