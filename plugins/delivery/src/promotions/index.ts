export { OnItsWay, type OnItsWayProps } from './OnItsWay';
export { PromotionList, type PromotionListProps } from './PromotionList';
export { StageBar, type StageBarProps } from './StageBar';
