import { usePicture } from "../api/queries";
import type { Picture } from "../api/contract";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { deviceWords } from "./device-words";
import "./review.css";

export type Purpose = "queue" | "issue" | "review";

interface ShotProps {
  picture: Picture;
  /** What one looks for; it stands in the journal beside one's name. */
  purpose: Purpose;
}

/** One picture with its moment; where there is none, why and since when. */
export function Shot({ picture, purpose }: ShotProps) {
  const label = named("label", picture.label);
  return (
    <figure className="shot" data-testid={`shot-${picture.label}`} data-state={picture.state}>
      {picture.state === "here" ? (
        <Seen picture={picture} purpose={purpose} />
      ) : (
        <div className="shot-none">
          <p>{standing(picture)}</p>
          <Moment at={picture.since} />
        </div>
      )}
      <figcaption>
        <b>{label}</b> <span className="quiet">{whoOf(picture)}</span>
        {picture.taken_at ? <Moment at={picture.taken_at} /> : null}
        {farOff(picture) ? (
          <span className="tag tag-warn">
            {t("picture.offset", { seconds: Math.round(picture.offset_seconds ?? 0) })}
          </span>
        ) : null}
        {picture.origin ? <span className="tag">{named("origin", picture.origin)}</span> : null}
        {picture.masked ? <span className="tag">{t("picture.masked")}</span> : null}
      </figcaption>
    </figure>
  );
}

function Seen({ picture, purpose }: ShotProps) {
  const { data, error } = usePicture(picture.issue, picture.sha256, purpose);
  if (error) return <p className="shot-none">{refusal(error, "read")}</p>;
  if (!data) return <p className="shot-none quiet">{t("picture.loading")}</p>;
  return <img src={data} alt={altOf(picture)} />;
}

export function altOf(picture: Picture): string {
  return t("picture.alt", { label: named("label", picture.label), camera: whoOf(picture) });
}

/** Which camera took it, or who added it and with what. */
function whoOf(picture: Picture): string {
  if (picture.camera) return picture.camera.name;
  return [picture.by?.name, picture.taken_with].filter(Boolean).join(" · ");
}

/** Say how a picture stands that cannot be shown. */
export function standing(picture: Picture): string {
  if (picture.state === "wanted") return t("picture.wanted");
  if (picture.state === "arriving") return t("picture.arriving");
  const reason = deviceWords(picture.reason);
  return t(picture.state === "deleted" ? "picture.deleted" : "picture.missing", { reason });
}

/** A picture that shows another moment than was asked for says so. */
function farOff(picture: Picture): boolean {
  return Math.abs(picture.offset_seconds ?? 0) >= 2;
}
