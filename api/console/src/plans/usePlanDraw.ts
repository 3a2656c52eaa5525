import { useState } from "react";
import type { Plan } from "../api/contract";
import { usePlanChange } from "../api/plans";
import { go } from "../app/route";

/** What a drawing is kept under, and its way to the centre; a plan that is there keeps its names. */
export function usePlanDraw(plan: Plan | undefined, onDone: () => void) {
  const change = usePlanChange();
  const [code, setCode] = useState(plan?.code ?? "");
  const [name, setName] = useState(plan?.name ?? "");
  const draw = (file: Blob) =>
    change.mutate(
      { what: "draw", code, name: name.trim(), file },
      {
        onSuccess: () => {
          go(`/plans/${code}`);
          onDone();
        },
      },
    );
  return {
    code,
    setCode,
    name,
    setName,
    named: /^[\w.-]{1,64}$/.test(code) && name.trim() !== "",
    draw,
    busy: change.isPending,
    problem: change.error,
  };
}

export type PlanDraw = ReturnType<typeof usePlanDraw>;
