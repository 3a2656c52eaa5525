import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Body } from "../api/routes";
import { Link } from "../app/Link";
import { AssignPanel } from "../issue/panels";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

type Said = Body<"/api/v1/issues/{number}/assign">;

interface Became {
  number: number;
  /** Why it was not done; null: it was. */
  problem: string | null;
}

interface BulkAssignProps {
  numbers: readonly number[];
  /** Which of them are assigned now: they need no second try. */
  onDone: (assigned: readonly number[]) => void;
  onClose: () => void;
}

/** One person is sent to several issues. Each stands or falls alone, and each says which. */
export function BulkAssign({ numbers, onDone, onClose }: BulkAssignProps) {
  const client = useQueryClient();
  const [became, setBecame] = useState<readonly Became[]>([]);
  const assign = useMutation({
    mutationFn: async (said: Said) => {
      const found: Became[] = [];
      for (const number of numbers) {
        const problem = await send(change("/api/v1/issues/{number}/assign", number, said)).then(
          () => null,
          (why: unknown) => refusal(why),
        );
        found.push({ number, problem });
        setBecame([...found]);
      }
      return found;
    },
    onSuccess: (found) =>
      onDone(found.filter((one) => one.problem === null).map((one) => one.number)),
    onSettled: () => client.invalidateQueries(),
  });
  useActs([
    {
      id: "bulk-close",
      words: t("act.back"),
      keys: ["Escape"],
      everywhere: true,
      keyOnly: true,
      run: onClose,
    },
  ]);
  const refused = became.filter((one) => one.problem !== null);
  return (
    <>
      {became.length > 0 ? (
        <Bar tone={refused.length > 0 ? "warn" : "plain"} testId="bulk-became">
          {t("bulk.became", { done: became.length - refused.length, refused: refused.length })}
          <ul>
            {refused.map((one) => (
              <li key={one.number}>
                <Link to={`/issues/${one.number}`}>#{one.number}</Link> {one.problem}
              </li>
            ))}
          </ul>
        </Bar>
      ) : null}
      {numbers.length > 0 ? (
        <AssignPanel
          issue={{ assigned_to: null }}
          title={t("bulk.title", { count: numbers.length })}
          busy={assign.isPending}
          onSubmit={(said) => assign.mutate(said as Said)}
        />
      ) : null}
      <p className="quiet">{numbers.map((one) => `#${one}`).join(" ")}</p>
      <div className="acts">
        <ActButton letter="Esc" words={t("act.back")} onClick={onClose} testId="bulk-close" />
      </div>
    </>
  );
}
