import type { Session } from "../api/contract";
import { roomsOf } from "../session/rooms";
import { named } from "../words/words";
import { Link } from "./Link";
import type { Page } from "./route";
import { standsFor, useWaiting } from "./waiting";

/** What stands beside the present page in its room; a room of one page has no tabs. */
export function Tabs({ session, page }: { session: Session; page: Page }) {
  const waiting = useWaiting(session);
  const shown = standsFor(session, page);
  const room = roomsOf(session).find(({ pages }) => pages.includes(shown));
  if (!room || room.pages.length < 2) return null;
  return (
    <nav className="tabs" aria-label={named("nav", room.name)}>
      {room.pages.map((one) => (
        <Link key={one} to={`/${one}`} current={one === shown} testId={`tab-${one}`}>
          {named("page", one)}
          {waiting[one] ? <span className="count">{waiting[one]}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
