import { useState } from "react";
import { t } from "../words/words";

interface FileFieldProps {
  label: string;
  /** What the chooser offers: `.xlsx,.csv`. */
  accept: string;
  /** The file, or nothing where the choice was taken back. */
  onPick: (file: File | null) => void;
  testId: string;
}

/** Choose a file in the console's language: a browser's own button speaks the browser's. */
export function FileField({ label, accept, onPick, testId }: FileFieldProps) {
  const [name, setName] = useState<string | null>(null);
  return (
    <label className="file-field">
      {label}
      <span className="file-chosen">
        <span className="file-button">{t("file.choose")}</span>
        <span className="quiet">{name ?? t("file.none")}</span>
      </span>
      <input
        type="file"
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0] ?? null;
          setName(file?.name ?? null);
          onPick(file);
        }}
        data-testid={testId}
      />
    </label>
  );
}
