import type { ReactNode } from 'react';
import { useRowStyles } from '../components/rowStyles';
import { COLUMNS, type DeploymentColumn } from './columns';

/** One line of cells. @internal */
export function Line(props: { render(column: DeploymentColumn): ReactNode }) {
  const { render } = props;
  return (
    <div className={useRowStyles().line}>
      {COLUMNS.map(column => (
        <span key={column.id} style={column.style}>
          {render(column)}
        </span>
      ))}
    </div>
  );
}
