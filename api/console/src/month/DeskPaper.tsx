import { Skeleton } from "antd";
import { useEffect } from "react";
import type { RegisterFilter } from "../api/queries";
import { useMonthRegister, useRegister } from "../api/queries";
import { go } from "../app/route";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { siteNow } from "../time/clock";
import { clockTime, day } from "../time/format";
import { t } from "../words/words";
import { RegisterPaper } from "./RegisterPaper";
import { thisMonth } from "./thisMonth";

/** What a desk has marked or filtered, on the register's paper. */
export function DeskPaper({ rows }: { rows: RegisterFilter }) {
  const found = useRegister(rows, 200);
  // The columns of the paper and their words are the month's: there they are kept once.
  const { data: month, error: noHead } = useMonthRegister(thisMonth(), null);
  const { data, hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const back = () => go("/desk");
  useActs([{ id: "back", words: t("act.back"), keys: ["Escape"], run: back }]);
  const [head, error] = [month?.pages[0], found.error ?? noHead];
  const now = siteNow();
  return (
    <>
      <div className="acts register-acts">
        <ActButton words={t("register.print")} onClick={() => print()} primary testId="print" />
        <ActButton letter="Esc" words={t("register.back")} onClick={back} testId="back-to-desk" />
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {!error && (!head || !data || hasNextPage) ? <Skeleton active /> : null}
      {head && data && !hasNextPage ? (
        <RegisterPaper
          title={t(rows.number ? "register.marked" : "register.filtered", {
            site: head.site_name,
            at: `${day(now)} ${clockTime(now, false)}`,
          })}
          columns={head.columns}
          rows={data.pages.flatMap((page) => page.items)}
        />
      ) : null}
    </>
  );
}
