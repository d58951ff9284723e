import { describeRedmine } from './support/describe-redmine.js';

describeRedmine('a real Redmine, with the key of an administrator,', 'adminKey');
