import { describeRedmine } from './support/describe-redmine.js';

describeRedmine('a real Redmine, with the key of a bot of few rights,', 'botKey');
