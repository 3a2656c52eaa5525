import { Skeleton } from "antd";
import { useGateways } from "../api/queries";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { t } from "../words/words";

/** The gateways: when each was last heard, and what it still holds back for us. */
export default function GatewaysPage() {
  const { data, error, isPending } = useGateways();
  const rows = data?.items ?? [];
  return (
    <main className="page" tabIndex={0}>
      <h2>{t("gateways.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && rows.length === 0 ? <Why words={t("gateways.none")} /> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("gateways.name")}</th>
              <th>{t("devices.last_heard_at")}</th>
              <th>{t("gateways.spooled")}</th>
              <th>{t("gateways.oldest_at")}</th>
              <th>{t("gateways.quarantined")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((gateway) => (
              <tr key={gateway.name} data-testid={`gateway-${gateway.name}`}>
                <td>
                  <b>{gateway.name}</b>{" "}
                  {gateway.late ? (
                    <span className="tag tag-danger">▲ {t("gateways.late")}</span>
                  ) : null}
                </td>
                <td>
                  {gateway.last_heard_at ? (
                    <Moment at={gateway.last_heard_at} />
                  ) : (
                    t("gateways.never")
                  )}
                </td>
                <td>{gateway.spooled}</td>
                <td>{gateway.oldest_at ? <Moment at={gateway.oldest_at} /> : "–"}</td>
                <td>{gateway.quarantined}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </main>
  );
}
