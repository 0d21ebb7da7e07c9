import { useRowStyles } from '../components/rowStyles';

/** The name of an environment or application. @internal */
export function NameCell({ name }: { name: string }) {
  return <span className={useRowStyles().name}>{name}</span>;
}
