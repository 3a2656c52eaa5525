/** Moments of the site by how long ago they were on this telephone: its clock may be wrong. */
export interface SiteClock {
  /** The site's moment in Unix milliseconds, and this telephone's own when it was told. */
  now: number;
  told: number;
  speed: number;
}

export function momentOf(here: number, by: SiteClock): string {
  const ago = Math.max(0, by.told - here) * by.speed;
  return new Date(by.now - ago).toISOString();
}
