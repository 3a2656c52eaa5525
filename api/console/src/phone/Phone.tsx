import { useEffect, useState } from "react";
import { paint } from "../app/palette";
import { Duties } from "./duties/Duties";
import { LogIn } from "./LogIn";
import { Mine } from "./mine/Mine";
import { keepSending, useOutbox } from "./outbox/outbox";
import { ReportPage } from "./report/ReportPage";
import type { Session, Who } from "./session";
import { who } from "./session";
import { hour } from "./time";
import { Top } from "./Top";
import { useCounts } from "./useCounts";
import type { PhoneKey } from "./words";
import { t, useLanguage } from "./words";

type Tab = "report" | "duties" | "mine";
const TABS: readonly (readonly [Tab, PhoneKey])[] = [
  ["report", "phone.tab_report"],
  ["duties", "phone.tab_duties"],
  ["mine", "phone.tab_mine"],
];

/** The staff's telephone: nobody sees anything before it is known who carries it. */
export function Phone() {
  const [known, setKnown] = useState<Who | null | undefined>(undefined);
  const [lost, setLost] = useState(false);
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  useEffect(() => {
    const shade = () => paint(hour() >= 19 || hour() < 7 ? "dark" : "light");
    shade();
    const often = setInterval(shade, 60_000);
    return () => clearInterval(often);
  }, [known]);
  useEffect(() => {
    who().then(setKnown, () => setLost(true));
  }, []);
  if (known === undefined) {
    return lost ? <p className="bar warn">{t("phone.no_net_first")}</p> : null;
  }
  if (known === null) return <LogIn onKnown={setKnown} />;
  return (
    <Carried key={known.of} session={known.session} of={known.of} onGone={() => setKnown(null)} />
  );
}

function Carried({ session, of, onGone }: { session: Session; of: string; onGone: () => void }) {
  const [tab, setTab] = useState<Tab>("report");
  const outbox = useOutbox(of);
  const counts = useCounts(of, outbox.items);
  useEffect(keepSending, []);
  const gone = outbox.ended.why === "logged_out";
  return (
    <div className="phone">
      <Top session={session} waiting={outbox.waiting} ended={outbox.ended} />
      {gone ? (
        <p className="bar warn" role="alert">
          {t("phone.logged_out")}{" "}
          <button type="button" className="link" onClick={onGone} data-testid="log-in-again">
            {t("phone.log_in")}
          </button>
        </p>
      ) : null}
      <main>
        {tab === "report" ? <ReportPage of={of} outbox={outbox} /> : null}
        {tab === "duties" ? <Duties of={of} counts={counts} /> : null}
        {tab === "mine" ? <Mine of={of} session={session} outbox={outbox} onGone={onGone} /> : null}
      </main>
      <nav aria-label={t("phone.tabs")}>
        {TABS.map(([one, words]) => (
          <button
            key={one}
            type="button"
            aria-current={tab === one ? "page" : undefined}
            onClick={() => setTab(one)}
            data-testid={`tab-${one}`}
          >
            {t(words)}
            {one === "duties" && counts.all > 0 ? <b className="badge">{counts.all}</b> : null}
          </button>
        ))}
      </nav>
    </div>
  );
}
