import { useState } from "react";
import { TableImport } from "../office/TableImport";
import { WhichTable } from "../office/WhichTable";
import { named, t } from "../words/words";

const KINDS = ["duties", "posts", "shifts", "absences"] as const;

/** The roster as an office has it: a table for each part, taken home, changed and brought back. */
export function RosterTables({ first }: { first: string }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("duties");
  const duties = kind === "duties";
  return (
    <>
      <WhichTable
        label={t("roster_table.title")}
        kinds={KINDS}
        kind={kind}
        onPick={setKind}
        name={(one) => named("roster_table", one)}
        id="roster-table"
      />
      <TableImport
        key={kind}
        title={named("roster_table", kind)}
        path="/api/v1/roster/tables/{table}"
        parts={{ table: kind }}
        {...(duties ? { asked: { first, days: "7" }, note: t("roster_table.duties_note") } : {})}
      />
    </>
  );
}
