import { useEffect } from "react";
import type { WallShown } from "../api/contract";
import { ClassShape } from "./ClassShape";
import { ageWords, clockWords } from "./time";
import { STALE, useWall } from "./useWall";
import { language, named, t } from "./words";

/** So many rows of life safety can be read at once; the rest are counted. */
const ROWS = 5;

/** A display that is read across the room: life safety, counts, the oldest; no name of a person. */
export function Wall() {
  const { shown, age, refused } = useWall();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, []);
  if (refused) return <main className="wall wall-dark">{t("wall.refused")}</main>;
  if (!shown) return <main className="wall wall-dark">{t("wall.connecting")}</main>;
  const now = Date.parse(shown.now) + age * shown.speed;
  return (
    <main className="wall" data-testid="wall">
      <header className="wall-head">
        <h1>{shown.site}</h1>
        <Freshness shown={shown} age={age} />
        <time className="wall-clock">{clockWords(now, shown.zone)}</time>
      </header>
      <Life shown={shown} now={now} />
      <Classes shown={shown} now={now} />
      <Below shown={shown} />
    </main>
  );
}

function Freshness({ shown, age }: { shown: WallShown; age: number }) {
  const stale = age > STALE;
  return (
    <p className={stale ? "wall-stale" : "wall-live"} role="status" data-testid="wall-state">
      {stale ? (
        <>
          ▲ {t("wall.stale", { at: clockWords(Date.parse(shown.now), shown.zone) })}
        </>
      ) : (
        <>● {t("wall.live")}</>
      )}
    </p>
  );
}

function Life({ shown, now }: { shown: WallShown; now: number }) {
  const rows = shown.life_safety;
  return (
    <section
      className={rows.length > 0 ? "wall-life wall-life-on" : "wall-life"}
      aria-label={named("cls", "life_safety")}
      data-testid="wall-life"
    >
      {rows.length === 0 ? <p>{t("wall.no_life_safety")}</p> : null}
      <ul>
        {rows.slice(0, ROWS).map((row) => (
          <li key={row.report}>
            <ClassShape cls="life_safety" />
            <b>{named("event", row.event_type) || named("cls", "life_safety")}</b>
            <span>{row.path.slice(1).join(" / ") || row.path[0] || t("wall.nowhere")}</span>
            <span>{row.taken ? t("wall.taken") : t("wall.untaken")}</span>
            <b className="wall-age">{ageWords(now - Date.parse(row.received_at))}</b>
          </li>
        ))}
      </ul>
      {rows.length > ROWS ? <p>{t("wall.more", { count: rows.length - ROWS })}</p> : null}
    </section>
  );
}

function Classes({ shown, now }: { shown: WallShown; now: number }) {
  return (
    <ul className="wall-classes">
      {shown.classes.map((one) => (
        <li key={one.cls} data-testid={`wall-${one.cls}`}>
          <h2>
            <ClassShape cls={one.cls} /> {named("cls", one.cls)}
          </h2>
          <b className="wall-count">{one.waiting}</b>
          <span>{t("wall.untaken_count", { count: one.untaken })}</span>
          <span>
            {one.oldest_at
              ? t("wall.oldest", { age: ageWords(now - Date.parse(one.oldest_at)) })
              : "–"}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Below({ shown }: { shown: WallShown }) {
  const late = [
    ...(shown.auditor_late ? [t("wall.auditor")] : []),
    ...(shown.gateways_late.length > 0
      ? [t("wall.gateways", { count: shown.gateways_late.length })]
      : []),
    ...(shown.storms > 0 ? [t("wall.storm", { count: shown.storm_events })] : []),
  ];
  return (
    <footer className="wall-below">
      <span data-testid="wall-silent">{t("wall.silent", { count: shown.silent_devices })}</span>
      <span>{t("wall.forwarded", { count: shown.forwarded })}</span>
      {late.map((one) => (
        <span key={one} className="wall-late">
          ▲ {one}
        </span>
      ))}
    </footer>
  );
}
