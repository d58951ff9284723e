import { describeHistories } from './describe-histories.js';

describeHistories(0);
