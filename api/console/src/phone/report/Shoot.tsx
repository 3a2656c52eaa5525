import type { ChangeEvent } from "react";
import { useState } from "react";
import type { Place, Shot } from "../outbox/item";
import { Pin } from "../Pin";
import { t, where } from "../words";
import { shotOf } from "./shot";

interface Props {
  place: Place | null;
  onShot: (shot: Omit<Shot, "shows">, spot: boolean) => void;
  onWithout: () => void;
}

/** Camera first: one button reports, the other tells that it is done already. */
export function Shoot({ place, onShot, onWithout }: Props) {
  const [failed, setFailed] = useState(false);
  const take = (origin: Shot["origin"], spot: boolean) => (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    shotOf(file, origin).then(
      (shot) => {
        setFailed(false);
        onShot(shot, spot);
      },
      () => setFailed(true),
    );
  };
  return (
    <section className="shoot">
      <h1>{t("phone.what_found")}</h1>
      {place ? (
        <p className="bar" data-testid="scanned">
          <Pin /> {where(place)}
        </p>
      ) : null}
      {failed ? (
        <p className="bar warn" role="alert">
          {t("phone.no_picture")}
        </p>
      ) : null}
      <Camera words={t("phone.shoot")} more={t("phone.shoot_more")} primary id="shoot" onChange={take("taken", false)} />
      <Camera words={t("phone.shoot_spot")} more={t("phone.shoot_spot_more")} id="shoot-spot" onChange={take("taken", true)} />
      <div className="row">
        <label className="button">
          {t("phone.gallery")}
          <input type="file" accept="image/*" className="sr" onChange={take("gallery", false)} data-testid="gallery" />
        </label>
        <button type="button" onClick={onWithout} data-testid="without">
          {t("phone.without")}
        </button>
      </div>
    </section>
  );
}

interface CameraProps {
  words: string;
  more: string;
  id: string;
  primary?: boolean;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}

function Camera({ words, more, id, primary = false, onChange }: CameraProps) {
  return (
    <label className={primary ? "camera primary" : "camera"} data-testid={`${id}-button`}>
      <svg viewBox="0 0 24 24" className="icon" aria-hidden="true">
        <path d="M3 8h4l2-3h6l2 3h4v11H3zM12 10.5a3.5 3.5 0 1 0 .1 0" />
      </svg>
      <b>{words}</b>
      <span>{more}</span>
      <input type="file" accept="image/*" capture="environment" className="sr" onChange={onChange} data-testid={id} />
    </label>
  );
}
