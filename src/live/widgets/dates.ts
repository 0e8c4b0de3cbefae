const EXPRESSION = /^\$currentDate(?:([+-]\d{1,6})([hdwybMmQ]))?$/;

/**
 * What Workspace sends for the default of a date parameter (contract 4.4): a day in the user's time zone for
 * `$currentDate-1M` and its like, the text itself where JavaScript can read it as a date, and today otherwise.
 *
 * @param now only for tests
 */
export function sentDate(text: string, now = new Date()): string {
  const match = EXPRESSION.exec(text.trim());
  if (!match) return text.startsWith("$currentDate") || Number.isNaN(Date.parse(text)) ? day(now) : text;
  return day(shift(now, Number(match[1] ?? 0), match[2] ?? "d"));
}

function shift(from: Date, steps: number, unit: string): Date {
  const date = new Date(from);
  if (unit === "h") date.setHours(date.getHours() + steps);
  else if (unit === "d") date.setDate(date.getDate() + steps);
  else if (unit === "w") date.setDate(date.getDate() + 7 * steps);
  else if (unit === "b") return businessDays(date, steps);
  else return months(date, steps * ({ Q: 3, y: 12 }[unit] ?? 1));
  return date;
}

/** 31 May less one month is 30 April, not 1 May. */
function months(date: Date, count: number): Date {
  const wanted = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() + count);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  date.setDate(Math.min(wanted, last));
  return date;
}

function businessDays(date: Date, count: number): Date {
  // Whole weeks at once, so that a large number takes no time.
  const weeks = Math.trunc(count / 5);
  date.setDate(date.getDate() + 7 * weeks);
  for (let left = Math.abs(count - 5 * weeks); left > 0; ) {
    date.setDate(date.getDate() + Math.sign(count));
    if (date.getDay() % 6 !== 0) left -= 1;
  }
  return date;
}

function day(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
