import { QRCode, Skeleton } from "antd";
import { useState } from "react";
import { usePlaces } from "../api/queries";
import { useSettings } from "../app/settings";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { t } from "../words/words";
import "./codes.css";

/** More than this on one sheet of an evening, and the browser is asked to draw too much at once. */
const MOST = 240;

/** Codes to hang at the spot: a staff's telephone that scans one knows where it stands. */
export default function CodesPage() {
  const { data, error, isPending } = usePlaces();
  const { siteName } = useSettings();
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const by = new Intl.Collator("zh-CN", { numeric: true });
  const found = (data ?? [])
    .filter((one) => `${one.path.join(" ")} ${one.code}`.toLowerCase().includes(wanted))
    .sort((a, b) => by.compare(a.path.join(" "), b.path.join(" ")));
  return (
    <main className="page codes" data-testid="codes-page">
      <div className="acts codes-acts">
        <input
          className="field"
          type="search"
          value={find}
          placeholder={t("codes.find")}
          aria-label={t("codes.find")}
          onChange={(event) => setFind(event.target.value)}
          data-testid="codes-find"
        />
        <ActButton words={t("codes.print")} onClick={() => print()} testId="codes-print" />
        <span className="quiet">{t("codes.note", { address: location.origin })}</span>
      </div>
      {location.protocol === "https:" || location.hostname === "127.0.0.1" ? null : (
        <Bar tone="warn">{t("codes.http")}</Bar>
      )}
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && found.length === 0 ? <Why words={t("codes.none")} /> : null}
      {found.length > MOST ? <Bar>{t("codes.more", { count: found.length - MOST })}</Bar> : null}
      <ul className="codes-sheet">
        {found.slice(0, MOST).map((place) => (
          <li key={place.code} data-testid={`code-${place.code}`}>
            <div aria-hidden="true">
              <QRCode
                value={`${location.origin}/m/p/${encodeURIComponent(place.code)}`}
                type="svg"
                size={148}
                errorLevel="M"
                color="#000"
                bgColor="#fff"
                bordered={false}
              />
            </div>
            <b>{pathOf(place.path, 3)}</b>
            <span>{t("codes.scan", { site: siteName })}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}
