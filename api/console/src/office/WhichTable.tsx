interface WhichTableProps<Kind extends string> {
  label: string;
  kinds: readonly Kind[];
  kind: Kind;
  onPick: (kind: Kind) => void;
  name: (kind: Kind) => string;
  /** What the buttons' test ids begin with. */
  id: string;
}

/** Which table is taken home and brought back. */
export function WhichTable<Kind extends string>(props: WhichTableProps<Kind>) {
  const { label, kinds, kind, onPick, name, id } = props;
  return (
    <nav className="acts" aria-label={label}>
      {kinds.map((one) => (
        <button
          key={one}
          type="button"
          className="plain"
          aria-pressed={one === kind}
          onClick={() => onPick(one)}
          data-testid={`${id}-${one}`}
        >
          {name(one)}
        </button>
      ))}
    </nav>
  );
}
