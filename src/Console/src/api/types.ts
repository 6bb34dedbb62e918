import type { Schemas } from './operations';

/** The console's short names for records of the REST API. */

export type Schema = Schemas['InputSchema'];
export type Item = Schemas['FoundItem'];
export type Features = Item['features'];
export type ItemsBody = Schemas['ItemsRequest'];
export type ItemsPage = Schemas['FoundItemsResponse'];
export type ItemDays = Schemas['ItemDaysResponse'];
export type Scope = Schemas['KeyRequest']['scopes'][number];

export type RankBody = Schemas['RankRequest'];
export type Ranking = Schemas['RankResponse'];
export type RankedItem = Schemas['RankedItemResponse'];
export type EventBody = Schemas['EventsRequest'];
export type Behaviour = Schemas['BehaviourEvent'];
export type LoggedRanking = Schemas['LoggedRanking'];
export type RecentUser = Schemas['RecentUserResponse'];
export type UserPage = Schemas['UserResponse'];

export type Models = Schemas['ModelsResponse'];
export type ModelVersion = Schemas['ModelVersionResponse'];
export type ModelDescription = Schemas['ModelOriginResponse'];
export type TaskCalibration = Schemas['TaskCalibration'];
export type NewTraining = Schemas['StartTrainingRequest'];
export type Training = Schemas['TrainingResponse'];
export type TrainingPoint = Schemas['TrainingPoint'];
export type Gate = Schemas['GateResult'];

export type Experiment = Schemas['ExperimentResponse'];
export type Arm = Schemas['ArmResponse'];
export type Difference = Schemas['MeasuredDifference'];

export type Key = Schemas['KeyResponse'];
export type Overview = Schemas['OverviewResponse'];
