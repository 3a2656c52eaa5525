/** A picture as it is sent: small enough for a slow link, without its metadata, named by its hash. */
import type { Shot } from "../outbox/item";
import { sha256 } from "./sha256";

/** The longer side; enough to see a crack, a sixth of what the camera made. */
const LONGEST = 1600;
const QUALITY = 0.8;
/** A file older than this was not taken just now, whatever the button said. */
const JUST_NOW = 3 * 60_000;

export async function shotOf(file: File, asked: Shot["origin"]): Promise<Omit<Shot, "shows">> {
  const bytes = await smaller(file);
  const now = Date.now();
  const taken = Math.min(file.lastModified || now, now);
  const gallery = asked === "gallery" || now - taken > JUST_NOW;
  return { sha256: await sha256(bytes), bytes, origin: gallery ? "gallery" : "taken", taken };
}

/** Draw it smaller, turned as the camera was held; what cannot be drawn is no picture. */
async function smaller(file: File): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!drawn) throw new Error("the picture cannot be drawn");
  return drawn.arrayBuffer();
}
