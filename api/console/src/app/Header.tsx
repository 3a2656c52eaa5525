import type { Session } from "../api/contract";
import { useNow } from "../time/clock";
import { clockTime, day } from "../time/format";
import { named, t } from "../words/words";
import { useLogOut } from "../session/useLogOut";
import { LanguageSwitch } from "./LanguageSwitch";
import { Link } from "./Link";
import type { Page } from "./route";
import type { ShadeChoice } from "./settings";
import { remember, useSettings } from "./settings";
import { may } from "../session/allowed";
import { roomsOf } from "../session/rooms";
import { SoundButton } from "./SoundButton";
import { StreamMark } from "./StreamMark";
import { standsFor, useWaiting } from "./waiting";

const NEXT_SHADE: Record<ShadeChoice, ShadeChoice> = { auto: "dark", dark: "light", light: "auto" };

interface HeaderProps {
  session: Session;
  page: Page;
  onKeys: () => void;
}

/** Where am I, who am I, what time is it, is what I see alive. */
export function Header({ session, page, onKeys }: HeaderProps) {
  const { shade } = useSettings();
  const logOut = useLogOut();
  const waiting = useWaiting(session);
  const shown = standsFor(session, page);
  return (
    <header className="header">
      <Link to="/" className="header-site">
        <b>首问</b> {session.site.name}
      </Link>
      <nav aria-label={t("header.pages")}>
        {roomsOf(session).map(({ name, pages }) => {
          const n = pages.reduce((sum, one) => sum + (waiting[one] ?? 0), 0);
          return (
            <Link
              key={name}
              to={`/${pages[0]}`}
              current={pages.includes(shown)}
              testId={`room-${name}`}
            >
              {pages[0] && pages.length === 1 ? named("page", pages[0]) : named("nav", name)}
              {n > 0 ? <span className="count">{n}</span> : null}
            </Link>
          );
        })}
      </nav>
      <div className="header-right">
        <span className="header-person">
          {session.person.name} <span className="quiet">{named("role", session.roles[0])}</span>
        </span>
        <SiteClock demo={session.clock.demo} />
        <StreamMark />
        {may(session, "claim") ? <SoundButton /> : null}
        <button
          type="button"
          className="plain"
          title={t("header.shade", { shade: named("shade", shade) })}
          aria-label={t("header.shade", { shade: named("shade", shade) })}
          onClick={() => remember({ shade: NEXT_SHADE[shade] })}
        >
          {named("shade", shade)}
        </button>
        <LanguageSwitch />
        <button type="button" className="plain" onClick={onKeys} aria-label={t("act.keys")}>
          <kbd>?</kbd>
        </button>
        <button type="button" className="plain" onClick={logOut}>
          {t("act.log_out")}
        </button>
      </div>
    </header>
  );
}

function SiteClock({ demo }: { demo: boolean }) {
  const now = useNow();
  return (
    <time className="site-clock" title={t("header.clock")}>
      <span className="quiet">{day(now).slice(5)}</span> {clockTime(now)}
      {demo ? <span className="tag">{t("header.demo")}</span> : null}
    </time>
  );
}
