import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { addPicture } from "../api/client";
import type { Issue } from "../api/contract";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { Pictures } from "../review/Pictures";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import "./pictures.css";

type Shows = "before" | "after";

/** What people took or chose, before and after the handling; more by a file, or dropped here. */
export function PeoplesPictures({ issue }: { issue: Issue }) {
  const me = useMe();
  const pictures = issue.pictures.filter((one) => one.by);
  const adds = may(me, "add_picture");
  if (!adds && pictures.length === 0) return null;
  return (
    <section className="report-card" data-testid="peoples-pictures">
      <h3>{t("own_picture.title")}</h3>
      <Pictures pictures={pictures} purpose="issue" />
      {adds ? <Adding number={issue.number} /> : null}
    </section>
  );
}

function Adding({ number }: { number: number }) {
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: async ({ shows, files }: { shows: Shows; files: readonly File[] }) => {
      for (const file of files) await addPicture(number, shows, file);
    },
    onSettled: () => {
      for (const name of ["issue", "journal"]) {
        void client.invalidateQueries({ queryKey: [name, number] });
      }
    },
  });
  return (
    <>
      <div className="drops">
        {(["before", "after"] as const).map((shows) => (
          <Drop
            key={shows}
            shows={shows}
            busy={add.isPending}
            onFiles={(files) => add.mutate({ shows, files })}
          />
        ))}
      </div>
      {add.error ? <Bar tone="warn">{refusal(add.error)}</Bar> : null}
    </>
  );
}

interface DropProps {
  shows: Shows;
  busy: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** A button that opens the machine's own choice of files, and takes what is dropped on it. */
function Drop({ shows, busy, onFiles }: DropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0 && !busy) onFiles(files);
  };
  return (
    <label
      htmlFor={id}
      className="drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        disabled={busy}
        data-testid={`add-picture-${shows}`}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <b>{t(`own_picture.${shows}`)}</b>
      <span className="quiet">{t(busy ? "own_picture.sending" : "own_picture.how")}</span>
    </label>
  );
}
