import { useRowStyles } from '../components/rowStyles';

/** What a line is about. @internal */
export function NameCell({ name }: { name: string }) {
  return <span className={useRowStyles().name}>{name}</span>;
}
