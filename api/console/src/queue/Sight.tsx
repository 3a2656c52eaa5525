import { useIssue, useRegister } from "../api/queries";
import type { Report } from "../api/contract";
import { Link } from "../app/Link";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { CallRecord } from "../issue/CallRecord";
import { Hints } from "../issue/Hints";
import { Relays } from "../issue/Relays";
import { Pictures } from "../review/Pictures";
import { Fact, Facts } from "../parts/Facts";
import { pathOf } from "./title";

/** The right column: what the building and the register say about it. Nothing here asks for anything. */
export function Sight({ report }: { report: Report }) {
  const { data: issue } = useIssue(report.issue);
  return (
    <>
      {report.pictures.length > 0 ? (
        <section className="sight-part" data-testid="sight-pictures">
          <h2>{t("picture.title")}</h2>
          <Pictures pictures={report.pictures} purpose="queue" />
        </section>
      ) : null}
      <section className="sight-part">
        <h2>{t("sight.ladder")}</h2>
        <p className="sentence" data-testid="report-sentence">
          {both(issue?.sentence ?? report.issue_sentence) || t("sight.no_sentence")}
        </p>
      </section>
      <section className="sight-part">
        <h2>{t("sight.where")}</h2>
        <Facts>
          <Fact name={t("fact.device")}>{report.device?.name}</Fact>
          <Fact name={t("fact.subject")}>{report.subject}</Fact>
          <Fact name={t("fact.code")}>
            {report.device ? <code>{report.device.code}</code> : null}
          </Fact>
          <Fact name={t("fact.place")}>
            {report.place ? pathOf(report.place.path) : t("place.unknown")}
          </Fact>
          <Fact name={t("fact.event")}>{named("event", report.event_type)}</Fact>
          <Fact name={t("fact.told_at")}>
            <Moment at={report.told_at} />
          </Fact>
          <Fact name={t("fact.received_at")}>
            {report.received_at !== report.told_at ? <Moment at={report.received_at} /> : null}
          </Fact>
        </Facts>
      </section>
      {report.call ? (
        <section className="sight-part">
          <h2>{t("sight.call")}</h2>
          <CallRecord call={report.call} />
        </section>
      ) : null}
      {report.hints.length > 0 ? (
        <section className="sight-part">
          <h2>{t("hint.title")}</h2>
          <Hints hints={report.hints} />
        </section>
      ) : null}
      {report.relays.length > 0 ? (
        <section className="sight-part">
          <h2>{t("relay.title")}</h2>
          <Relays relays={report.relays} />
        </section>
      ) : null}
      {report.open_here > 0 && report.place ? (
        <OpenHere place={report.place.code} count={report.open_here} except={report.issue} />
      ) : null}
    </>
  );
}

/** What is already open at this place: perhaps the same problem, told again. */
function OpenHere({ place, count, except }: { place: string; count: number; except: number }) {
  const me = useMe();
  return (
    <section className="sight-part">
      <h2>{t("sight.open_here", { count })}</h2>
      {may(me, "read_issues") ? <OpenRows place={place} except={except} /> : null}
    </section>
  );
}

function OpenRows({ place, except }: { place: string; except: number }) {
  const { data } = useRegister({ place, open: true }, 6);
  const rows = (data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((row) => row.number !== except);
  return (
    <ul className="open-here">
      {rows.slice(0, 5).map((row) => (
        <li key={row.number}>
          <Link to={`/issues/${row.number}`}>#{row.number}</Link>
          <span>{row.words || both(row.category)}</span>
          <span className="quiet">{named("status", row.status)}</span>
        </li>
      ))}
    </ul>
  );
}
