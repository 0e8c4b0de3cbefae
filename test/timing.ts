/** What the yardstick takes on the machine for which the limits in the tests are meant, in milliseconds. */
const USUAL_MS = 25;

let slowness: number | undefined;

/**
 * Begins to measure; the function that comes back tells the milliseconds since. They are the processor's, for other
 * tests run at the same time and a machine may stand still, and as many as a usual machine would take.
 */
export function stopwatch(): () => number {
  slowness ??= Math.max(1, Math.min(...[1, 2, 3, 4, 5].map(yardstick)) / USUAL_MS);
  const spent = processor();
  return () => spent() / (slowness as number);
}

function processor(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** Something that takes its time everywhere: objects, texts, JSON and sorting, as in what is measured. */
function yardstick(): number {
  const spent = processor();
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: (index * 7919) % 20_011, name: `Row ${index}` }));
  const copy = JSON.parse(JSON.stringify(rows)) as typeof rows;
  copy.sort((a, b) => a.id - b.id);
  new Set(copy.map(({ id, name }) => `${name}/${id}`));
  return spent();
}
