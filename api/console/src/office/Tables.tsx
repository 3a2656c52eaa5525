import { useState } from "react";
import type { ImportKind } from "../api/contract";
import { named, t } from "../words/words";
import { TableImport } from "./TableImport";
import { WhichTable } from "./WhichTable";

const KINDS: readonly ImportKind[] = ["people", "units", "places"];

/** Whole lists at once: taken home as a table, changed there, and brought back. */
export function Tables() {
  const [kind, setKind] = useState<ImportKind>("people");
  return (
    <>
      <WhichTable
        label={t("administration.tables")}
        kinds={KINDS}
        kind={kind}
        onPick={setKind}
        name={(one) => named("administration", one)}
        id="table"
      />
      <TableImport
        key={kind}
        title={named("administration", kind)}
        path="/api/v1/administration/tables/{table}"
        parts={{ table: kind }}
      />
    </>
  );
}
