const HOUR_MS = 3_600_000;
/** Per team and hour: the estimate of a busier team is no better with more. */
const MOST = 200;

/** How long people waited to be accepted in the last hour, by team: what the next one is told. */
export class Waits {
  readonly #byTeam = new Map<string, { at: number; waitedMs: number }[]>();

  add(team: string, at: number, waitedMs: number): void {
    const list = this.#byTeam.get(team) ?? [];
    list.push({ at, waitedMs });
    if (list.length > MOST) list.shift();
    this.#byTeam.set(team, list);
  }

  /** The middle one of the last hour's waits; 0: nobody can say. */
  expected(team: string, now: number): number {
    const waits = (this.#byTeam.get(team) ?? [])
      .filter(({ at }) => now - at < HOUR_MS)
      .map(({ waitedMs }) => waitedMs)
      .sort((a, b) => a - b);
    return waits[Math.floor(waits.length / 2)] ?? 0;
  }
}
