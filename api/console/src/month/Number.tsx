import { Link } from "../app/Link";
import { addressOf } from "./cells";

interface NumberProps {
  month: string;
  cell: string;
  n: number;
}

/** A number that opens its issues. */
export function Number({ month, cell, n }: NumberProps) {
  if (n === 0) return <span className="quiet">0</span>;
  return (
    <Link to={addressOf(month, cell)} testId={`cell-${cell}`}>
      {n}
    </Link>
  );
}
