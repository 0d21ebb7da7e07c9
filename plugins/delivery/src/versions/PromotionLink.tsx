import Link from '@material-ui/core/Link';
import type { PropsWithChildren } from 'react';
import { useQueryParam } from '../components/useQueryParam';
import { anchorOf } from '../promotions';

/**
 * A link to a promotion in the list on this page. It clears the filters that could
 * hide it.
 *
 * @internal
 */
export function PromotionLink(
  props: PropsWithChildren<{ promotion: string; title: string }>,
) {
  const { promotion, title, children } = props;
  const [, setEnvironment] = useQueryParam('environment');
  const [, setOutcome] = useQueryParam('outcome');
  const clearFilters = () => {
    setEnvironment(undefined);
    setOutcome(undefined);
  };
  return (
    <Link
      href={`#${anchorOf(promotion)}`}
      title={title}
      color="inherit"
      onClick={clearFilters}
    >
      {children}
    </Link>
  );
}
