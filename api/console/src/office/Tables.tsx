import { useState } from "react";
import type { ImportKind } from "../api/contract";
import { named, t } from "../words/words";
import { TableImport } from "./TableImport";

const KINDS: readonly ImportKind[] = ["people", "units", "places"];

/** Whole lists at once: taken home as a table, changed there, and brought back. */
export function Tables() {
  const [kind, setKind] = useState<ImportKind>("people");
  return (
    <>
      <nav className="acts" aria-label={t("administration.tables")}>
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            className="plain"
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
            data-testid={`table-${one}`}
          >
            {named("administration", one)}
          </button>
        ))}
      </nav>
      <TableImport
        key={kind}
        title={named("administration", kind)}
        path="/api/v1/administration/tables/{table}"
        parts={{ table: kind }}
      />
    </>
  );
}
