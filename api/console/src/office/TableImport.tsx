import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bring } from "../api/client";
import { filled } from "../api/routes";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { FileField } from "../parts/FileField";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { Differences, Mistakes } from "./Found";
import "./office.css";

type TablePath =
  | "/api/v1/administration/tables/{table}"
  | "/api/v1/customer-table"
  | "/api/v1/roster/tables/{table}";

interface TableImportProps {
  title: string;
  path: TablePath;
  parts?: Readonly<Record<string, string>>;
  /** What the address of a table that is handed out says besides. */
  asked?: Readonly<Record<string, string>>;
  note?: string;
}

/** Take the table home, bring it back, see what it would do row by row, then let it be done. */
export function TableImport({ title, path, parts, asked, note }: TableImportProps) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({
    mutationFn: ({ chosen, dry }: { chosen: File; dry: boolean }) =>
      bring(path, parts, { dry: String(dry) }, chosen),
    onSuccess: (answer) => (answer.done ? client.invalidateQueries() : undefined),
  });
  const found = look.data;
  const tried = found && !found.done;
  const address = (form: string) =>
    `${filled(path, parts)}?${new URLSearchParams({ ...asked, form }).toString()}`;
  return (
    <section className="reason-form" aria-label={title} data-testid="table-import">
      <h2>{t("tables.title", { what: title })}</h2>
      <p className="quiet">{t("tables.how")}</p>
      {note ? <p className="quiet">{note}</p> : null}
      <p className="acts">
        <a href={address("xlsx")} download data-testid="table-xlsx">
          ↓ XLSX
        </a>
        <a href={address("csv")} download data-testid="table-csv">
          ↓ CSV
        </a>
      </p>
      <FileField
        label={t("tables.file")}
        accept=".xlsx,.csv"
        onPick={(chosen) => {
          setFile(chosen);
          look.reset();
          if (chosen) look.mutate({ chosen, dry: true });
        }}
        testId="table-file"
      />
      {look.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(look.error)}
        </Bar>
      ) : null}
      {found?.done ? (
        <Bar testId="table-done">{t("tables.done", { count: found.differences.length })}</Bar>
      ) : null}
      {tried && found.mistakes.length > 0 ? <Mistakes mistakes={found.mistakes} /> : null}
      {found ? <Differences outcome={found} /> : null}
      <div className="acts">
        <ActButton
          words={t("tables.do", { count: found?.differences.length ?? 0 })}
          primary
          disabled={!file || !tried || found.mistakes.length > 0 || found.differences.length === 0}
          busy={look.isPending}
          onClick={() => {
            if (file) look.mutate({ chosen: file, dry: false });
          }}
          testId="table-do"
        />
      </div>
    </section>
  );
}
