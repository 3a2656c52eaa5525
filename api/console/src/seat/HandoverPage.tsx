import { Skeleton } from "antd";
import { useHandover, useHandovers, useSheet } from "../api/handovers";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { t } from "../words/words";
import { NoteForm } from "./NoteForm";
import { Sheet } from "./Sheet";
import { SignForm } from "./SignForm";
import "./handover.css";

/** The shift's sheet: as it stands, to be signed by both, or as it was signed. */
export default function HandoverPage({ number }: { number: number | null }) {
  return number === null ? <Present /> : <Signed key={number} number={number} />;
}

function Present() {
  const me = useMe();
  const { data, error, isPending } = useSheet();
  const signs = may(me, "hand_over");
  return (
    <main className="page handover" tabIndex={0} data-testid="handover-page">
      <h2>{t("handover.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && data.forbidding.length > 0 ? (
        <Bar tone="danger" testId="handover-forbidden">
          {t("handover.forbidden", { reports: data.forbidding.join(t("join.comma")) })}
        </Bar>
      ) : null}
      {data ? <Sheet sheet={data.sheet} /> : null}
      {signs ? <NoteForm /> : null}
      {data && signs ? <SignForm present={data} /> : null}
      <Past />
    </main>
  );
}

function Past() {
  const { data, hasNextPage, fetchNextPage } = useHandovers();
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="handover-past" data-testid="handovers-signed">
      <h2>{t("handover.past")}</h2>
      {data && rows.length === 0 ? <Why words={t("handover.none")} /> : null}
      <ul>
        {rows.map((one) => (
          <li key={one.number}>
            <Link to={`/handover/${one.number}`} testId={`handover-${one.number}`}>
              {t("handover.number", { number: one.number })}
            </Link>{" "}
            {one.outgoing.name} → {one.incoming.name} <Moment at={one.signed_at} seconds={false} />
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <ActButton words={t("list.more")} onClick={() => void fetchNextPage()} />
      ) : null}
    </section>
  );
}

function Signed({ number }: { number: number }) {
  const { data, error, isPending } = useHandover(number);
  return (
    <main className="page handover" tabIndex={0} data-testid="handover-signed">
      <div className="acts">
        <Link to="/handover">{t("handover.present")}</Link>
        <ActButton words={t("handover.print")} onClick={() => print()} testId="print" />
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && !data.intact ? <Bar tone="danger">{t("handover.changed")}</Bar> : null}
      {data ? (
        <>
          <h2>
            {data.sheet.site.name} · {t("handover.number", { number: data.number })}
          </h2>
          <p className="handover-signatures">
            {t("handover.outgoing")} <b>{data.outgoing.name}</b> · {t("handover.incoming")}{" "}
            <b>{data.incoming.name}</b> · {t("handover.signed_at")} <Moment at={data.signed_at} />
          </p>
          <Sheet sheet={data.sheet} />
          <p className="quiet">
            SHA-256 <code>{data.sha256}</code>
          </p>
        </>
      ) : null}
    </main>
  );
}
