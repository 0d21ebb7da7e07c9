import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Component, type ReactNode } from 'react';
import { deliveryTranslationRef } from '../translation';
import { ErrorNotice } from './ErrorNotice';

interface PartBoundaryProps {
  /** The part is an item of a list. */
  inList?: boolean;
  children: ReactNode;
}

interface PartBoundaryState {
  error?: Error;
}

/**
 * Shows an error in place of a part of the page that can't be rendered, so that
 * the other parts stay. "Try again" renders the part anew.
 *
 * @internal
 */
export class PartBoundary extends Component<
  PartBoundaryProps,
  PartBoundaryState
> {
  static getDerivedStateFromError(error: Error): PartBoundaryState {
    return { error };
  }

  state: PartBoundaryState = {};

  readonly #retry = () => this.setState({ error: undefined });

  render(): ReactNode {
    const { children, inList } = this.props;
    const { error } = this.state;
    if (!error) {
      return children;
    }
    const notice = <PartError error={error} onRetry={this.#retry} />;
    return inList ? <li>{notice}</li> : notice;
  }
}

function PartError(props: { error: Error; onRetry(): void }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return <ErrorNotice sentence={t('card.part.failed')} {...props} />;
}
