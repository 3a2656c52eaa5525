import { useEffect, useRef, useState } from "react";
import { useAct } from "../api/acts";
import type { Write } from "../api/client";
import { change } from "../api/client";
import type { Report } from "../api/contract";
import { Around } from "../customers/Around";
import { useActs } from "../keys/acts";
import { Bar } from "../parts/Bar";
import { focusFirst, focusMissing, isEditable } from "../parts/fields";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { WorkSteps } from "../playbook/WorkSteps";
import { CompleteForm } from "./CompleteForm";
import { type Panel, WorkButtons } from "./WorkButtons";
import { WorkHead } from "./WorkHead";
import { Explained } from "./Explained";
import { HoldLines } from "./HoldLines";
import { DismissPanel, HandledPanel, OfferPanel, ParkPanel, TakeOverPanel } from "./panels";
import { useCompletion } from "./useCompletion";


interface WorkbenchProps {
  report: Report;
  /** The report left my hands: go on with the next. */
  onDone: (number: number) => void;
}

/** The report I am on: claim, complete, forward. Every act has a key and a button. */
export function Workbench({ report, onDone }: WorkbenchProps) {
  const me = useMe();
  const act = useAct<Report>();
  const completion = useCompletion(report);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const stepsWritten = useRef<Promise<unknown>>(Promise.resolve());

  const mine = report.claim?.mine === true && report.status === "reported";
  const free = report.claim === null && report.status === "reported";
  const held = report.claim !== null && !report.claim.mine && report.status === "reported";
  const { number } = report;
  const [wasMine, setWasMine] = useState(mine);
  if (mine && !wasMine) setWasMine(true);

  useEffect(() => {
    // Also where the claim was gone for a moment and the form with it; never from another field.
    if (mine && wantsFocus.current && !isEditable(document.activeElement)) {
      focusFirst(form.current);
    }
  }, [mine]);

  const enter = () => {
    if (mine) return focusFirst(form.current);
    if (!free || !may(me, "claim")) return;
    wantsFocus.current = true;
    act.mutate([change("/api/v1/reports/{number}/claim", number, undefined)]);
  };
  const back = () => {
    if (panel) return setPanel(null);
    const focus = document.activeElement;
    if (isEditable(focus)) return (focus as HTMLElement).blur();
    wantsFocus.current = false;
    if (mine) act.mutate([change("/api/v1/reports/{number}/release", number, undefined)]);
  };
  const forward = () => {
    const writes = completion.writes();
    setMissing(writes === null);
    if (writes === null) return focusMissing(form.current);
    const forwarding = change("/api/v1/reports/{number}/forward", number, undefined);
    // Steps that are not written yet go first; what was refused of them says so, and nothing goes.
    const go = () =>
      act.mutate([...writes, forwarding], {
        onSuccess: () => {
          completion.done();
          onDone(number);
        },
      });
    void stepsWritten.current.then(go, () => {
      stepsWritten.current = Promise.resolve();
    });
  };
  const finish = (writes: readonly Write<Report>[]) =>
    act.mutate(writes, {
      onSuccess: () => {
        setPanel(null);
        completion.done();
        onDone(number);
      },
    });
  const handle = (how: string) =>
    finish([
      ...(completion.writes() ?? []),
      change("/api/v1/reports/{number}/handled", number, { how }),
    ]);
  const takeOver = (reason: string) =>
    act.mutate([change("/api/v1/reports/{number}/take-over", number, { reason })], {
      onSuccess: () => setPanel(null),
    });

  // Put aside or offered, the draft stays: it may well be back.
  const park = (body: { minutes: number; reason: string }) =>
    act.mutate([change("/api/v1/reports/{number}/park", number, body)], {
      onSuccess: () => {
        setPanel(null);
        onDone(number);
      },
    });
  const offer = (to: string) =>
    act.mutate([change("/api/v1/reports/{number}/offer", number, { to })], {
      onSuccess: () => setPanel(null),
    });
  const mayPark = report.cls !== "life_safety";

  const open = (one: Panel) => {
    // What was handled on the spot is registered like any other: who, where and what come first.
    const lacking = one === "handled" && completion.writes() === null;
    setMissing(lacking);
    if (lacking) focusMissing(form.current);
    else setPanel(one);
  };
  // A step belongs to the category, so who, where and what are entered before the first of them.
  const enterFirst = async () => {
    const writes = completion.writes() ?? [];
    if (writes.length > 0) await act.mutateAsync(writes);
  };
  const lacking = () => {
    setMissing(true);
    focusMissing(form.current);
  };
  const mayTakeOver = held && may(me, "take_over");
  useActs([
    ...(free && may(me, "claim")
      ? [{ id: "claim", words: t("act.claim"), keys: ["Enter"], run: enter }]
      : []),
    ...(mine
      ? [
          { id: "form", words: t("act.form"), keys: ["Enter"], keyOnly: true, run: enter },
          {
            id: "complete",
            words: t("act.complete"),
            keys: ["c"],
            run: () => focusMissing(form.current),
          },
          { id: "forward", words: t("act.forward"), keys: ["f"], run: forward },
          {
            id: "forward-now",
            words: t("act.forward_now"),
            keys: ["mod+Enter"],
            everywhere: !panel,
            keyOnly: true,
            run: forward,
          },
          {
            id: "handled",
            words: t("act.handled_on_the_spot"),
            keys: ["h"],
            run: () => open("handled"),
          },
          { id: "dismiss", words: t("act.dismiss"), keys: ["d"], run: () => open("dismiss") },
          ...(mayPark
            ? [{ id: "park", words: t("act.park"), keys: ["p"], run: () => open("park") }]
            : []),
          { id: "offer", words: t("act.offer"), keys: ["g"], run: () => open("offer") },
        ]
      : []),
    ...(mayTakeOver
      ? [{ id: "take-over", words: t("act.take_over"), keys: ["t"], run: () => open("take_over") }]
      : []),
    {
      id: "back",
      words: mine ? t("act.release") : t("act.back"),
      keys: ["Escape"],
      everywhere: true,
      run: back,
    },
  ]);

  return (
    <>
      <WorkHead report={report} />
      <HoldLines report={report} />
      {report.returned ? (
        <Bar tone="warn">
          {t("work.returned", { name: report.returned.by.name, reason: report.returned.reason })}
        </Bar>
      ) : null}
      {act.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(act.error)}
        </Bar>
      ) : null}
      {missing && mine && completion.writes() === null ? (
        <Bar tone="warn">{t("form.missing")}</Bar>
      ) : null}
      {wasMine && held ? (
        <Bar tone="warn">{t("work.lost", { name: report.claim?.by.name ?? "" })}</Bar>
      ) : null}
      <Explained report={report} />
      <Around report={report} />
      {mine && !panel ? <CompleteForm report={report} completion={completion} form={form} /> : null}
      {mine && !panel ? (
        <WorkSteps
          report={report}
          category={completion.category?.code ?? null}
          complete={completion.writes() === null ? null : enterFirst}
          onLacking={lacking}
          onWriting={(written) => {
            stepsWritten.current = written;
            written.catch(() => undefined);
          }}
        />
      ) : null}
      {panel === "handled" ? <HandledPanel busy={act.isPending} onSubmit={handle} /> : null}
      {panel === "dismiss" ? (
        <DismissPanel
          busy={act.isPending}
          onSubmit={(body) => finish([change("/api/v1/reports/{number}/dismiss", number, body)])}
        />
      ) : null}
      {panel === "park" ? <ParkPanel busy={act.isPending} onSubmit={park} /> : null}
      {panel === "offer" ? <OfferPanel me={me.person.code} onSubmit={offer} /> : null}
      {panel === "take_over" && report.claim ? (
        <TakeOverPanel holder={report.claim.by.name} busy={act.isPending} onSubmit={takeOver} />
      ) : null}
      <WorkButtons
        state={
          mine
            ? "mine"
            : free
              ? may(me, "claim")
                ? "free"
                : "seen"
              : mayTakeOver
                ? "held"
                : "seen"
        }
        busy={act.isPending}
        mayPark={mayPark}
        onEnter={enter}
        onForward={forward}
        onBack={back}
        onPanel={open}
        panel={panel}
      />
    </>
  );
}
