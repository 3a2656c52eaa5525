import { useState } from "react";
import { t } from "../words/words";
import { presentActs } from "./acts";
import { keyNames } from "./names";
import "./keys.css";

/** Every key that does something here and now. */
export function KeyList() {
  const [acts] = useState(() => presentActs().filter((act) => act.keys?.length));
  return (
    <aside className="key-list" aria-label={t("act.keys")}>
      <h2>{t("act.keys")}</h2>
      <dl>
        {acts.map((act) => (
          <div key={act.id}>
            <dt>
              {keyNames(act).map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{act.words}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t("keys.fields")}</p>
    </aside>
  );
}
