import { fetchBytes } from "../api/client";
import type { Plan } from "../api/contract";
import { drawingAt } from "../api/plans";
import { SHEET, type Sketch, sketchOf } from "./sketch";

/** So large a picture is at most, as text: a drawing may have two million bytes. */
const MOST = 1_500_000;

/** A picture as paper to draw over: no larger than the sheet, without metadata; null: it is none. */
export async function paper(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const share = Math.min(1, (2 * SHEET.width) / picture.width, (2 * SHEET.height) / picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of [0.9, 0.7, 0.5, 0.3]) {
    const said = canvas.toDataURL("image/jpeg", quality);
    if (said.length <= MOST) return said;
  }
  return null;
}

/** What a plan's drawing is drawn on with: itself, or the picture it is; null: drawn elsewhere. */
export async function sketchOn(plan: Plan): Promise<Sketch | null> {
  const bytes = await fetchBytes(drawingAt(plan.code, plan.sha256));
  if (plan.media_type === "image/svg+xml") return sketchOf(await bytes.text());
  const ground = await paper(bytes);
  return ground === null ? null : { shapes: [], ground };
}
