export { OnItsWay, type OnItsWayProps } from './OnItsWay';
export { PromotionList } from './PromotionList';
