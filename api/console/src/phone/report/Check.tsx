import { useEffect, useState } from "react";
import type { Shot } from "../outbox/item";
import { Pin } from "../Pin";
import { both, named, t, where } from "../words";
import type { Draft } from "./draft";
import { CategoryIcon } from "./icons";
import { shotOf } from "./shot";
import { StepHead } from "./Steps";

interface Props {
  draft: Draft;
  onBack: () => void;
  onChange: (draft: Draft) => void;
  onSend: (spot: boolean) => void;
}

/** All of it once more, changeable, and the last tap. */
export function Check({ draft, onBack, onChange, onSend }: Props) {
  const { kind, place, shots, spot } = draft;
  const [sending, setSending] = useState(false);
  const send = (done: boolean) => {
    setSending(true);
    onSend(done);
  };
  const act = (done: boolean) => (
    <button
      type="button"
      className={done === spot ? "big primary" : "big"}
      disabled={sending || (done && shots.length === 0)}
      onClick={() => send(done)}
      data-testid={done ? "send-spot" : "send"}
    >
      {done ? `✓ ${t("phone.spot")}` : `↑ ${t("phone.send")}`}
    </button>
  );
  return (
    <section className="check">
      <StepHead title={spot ? t("phone.check_spot") : t("phone.check")} onBack={onBack} />
      <div className="shots">
        {shots.map((shot) => (
          <Thumb key={shot.sha256} shot={shot} />
        ))}
        {shots.length === 1 && spot ? (
          <label className="button">
            ＋ {t("phone.shot_before")}
            <input
              type="file"
              accept="image/*"
              className="sr"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (!file) return;
                void shotOf(file, "gallery").then((more) =>
                  onChange({ ...draft, shots: [...shots, { ...more, shows: "before" }] }),
                );
              }}
              data-testid="shot-before"
            />
          </label>
        ) : null}
      </div>
      <button type="button" className="fact" onClick={() => onChange({ ...draft, place: null })} data-testid="change-place">
        <Pin /> {where(place, 3)} <span className="quiet">{t("phone.change")}</span>
      </button>
      <button type="button" className="fact" onClick={() => onChange({ ...draft, kind: null })} data-testid="change-kind">
        <CategoryIcon code={kind?.code ?? ""} /> {both(kind)} <span className="quiet">{t("phone.change")}</span>
      </button>
      {kind?.urgency === "life_safety" ? (
        <p className="bar danger">▲ {named("urgency", "life_safety")} · {t("phone.life_also_call")}</p>
      ) : null}
      {kind?.first_actions && !spot ? <p className="bar">{both(kind.first_actions)}</p> : null}
      <label>
        {t("phone.words")}
        <textarea
          value={draft.words}
          rows={2}
          maxLength={2000}
          onChange={(event) => onChange({ ...draft, words: event.target.value })}
          data-testid="words"
        />
      </label>
      <div className="acts">
        {spot ? null : act(false)}
        {act(true)}
        {spot ? act(false) : null}
      </div>
      {shots.length === 0 ? <p className="quiet">{t("phone.spot_needs_picture")}</p> : null}
    </section>
  );
}

function Thumb({ shot }: { shot: Shot }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([shot.bytes], { type: "image/jpeg" }));
    // eslint-disable-next-line react-hooks/set-state-in-effect -- an object URL is made and given back by the effect
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [shot.bytes]);
  return (
    <figure>
      {address ? <img src={address} alt={t("phone.picture")} /> : null}
      <figcaption>
        {shot.origin === "gallery" ? t("phone.from_gallery") : t("phone.taken_now")}
        {shot.shows === "after" ? ` · ${t("phone.shows_after")}` : ` · ${t("phone.shows_before")}`}
      </figcaption>
    </figure>
  );
}
