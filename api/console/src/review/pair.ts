import type { Picture } from "../api/contract";

/** What a reviewer has before him, of one camera. */
export interface Pair {
  before: Picture | null;
  at: Picture | null;
  now: Picture | null;
}

/** The cameras whose pictures there are, in the order in which they were asked. */
export function camerasOf(pictures: readonly Picture[]): NonNullable<Picture["camera"]>[] {
  const cameras = pictures.flatMap((one) => one.camera ?? []);
  return [...new Map(cameras.map((one) => [one.code, one])).values()];
}

/** The first report's pictures, and the last one of when it was said to be handled. */
export function pairOf(pictures: readonly Picture[], camera: string): Pair {
  const own = pictures.filter((one) => one.camera?.code === camera);
  const first = (label: Picture["label"]) => own.find((one) => one.label === label) ?? null;
  return {
    before: first("before"),
    at: first("at"),
    now: own.filter((one) => one.label === "now").at(-1) ?? null,
  };
}

/** The two that are laid over each other: both must be there. */
export function comparable({ before, at, now }: Pair): [Picture, Picture] | null {
  const earlier = [before, at].find((one) => one?.state === "here");
  return earlier && now?.state === "here" ? [earlier, now] : null;
}
