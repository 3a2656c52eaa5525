import type { Session } from "../api/contract";
import { useAlerts, useFollowUps } from "../api/duties";
import { useNotices } from "../api/queries";
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
import { SoundButton } from "./SoundButton";
import { StreamMark } from "./StreamMark";

/** So many pages stand in the header; a row of twenty is read by nobody. */
const SHOWN = 6;

/** The pages that stand in the header, the present one among them, and those behind "more". */
function parted(pages: readonly Page[], page: Page): [Page[], Page[]] {
  if (pages.length <= SHOWN + 1) return [[...pages], []];
  const first = pages.slice(0, SHOWN);
  const shown =
    first.includes(page) || !pages.includes(page) ? first : [...first.slice(0, -1), page];
  return [shown, pages.filter((one) => !shown.includes(one))];
}

const NEXT_SHADE: Record<ShadeChoice, ShadeChoice> = { auto: "dark", dark: "light", light: "auto" };

interface HeaderProps {
  session: Session;
  pages: readonly Page[];
  page: Page;
  onKeys: () => void;
}

/** Where am I, who am I, what time is it, is what I see alive. */
export function Header({ session, pages, page, onKeys }: HeaderProps) {
  const { shade } = useSettings();
  const logOut = useLogOut();
  const { data: notices } = useNotices();
  const works = may(session, "follow_up");
  const { data: alerts } = useAlerts(works);
  const { data: followUps } = useFollowUps(works);
  const duties =
    (alerts?.items.filter((alert) => alert.state === "waiting").length ?? 0) +
    (followUps?.cards.length ?? 0);
  const unread = notices?.items.filter((notice) => !notice.acknowledged_at).length ?? 0;
  const [shown, more] = parted(pages, page);
  const link = (one: Page) => (
    <Link
      key={one}
      to={`/${one}`}
      current={one === page || (one === "desk" && page === "issues")}
    >
      {named("page", one)}
      {one === "duties" && duties > 0 ? <span className="count">{duties}</span> : null}
      {one === "notices" && unread > 0 ? <span className="count">{unread}</span> : null}
    </Link>
  );
  return (
    <header className="header">
      <Link to="/" className="header-site">
        <b>首问</b> {session.site.name}
      </Link>
      <nav aria-label={t("header.pages")}>
        {shown.map(link)}
        {more.length > 0 ? (
          // Another page closes it: the menu begins anew.
          <details className="header-more" key={page}>
            <summary>{t("header.more")}</summary>
            <div className="header-menu">{more.map(link)}</div>
          </details>
        ) : null}
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
