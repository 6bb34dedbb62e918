import type { components } from './schema.js';

type Schemas = components['schemas'];

export type RankRequest = Schemas['RankRequest'];
export type Ranking = Schemas['RankResponse'];
export type RankedItem = Schemas['RankedItemResponse'];
/** An event to append. One without `eventId` gets an id of its own, with which it may be sent as often as needed. */
export type NewEvent = Omit<Schemas['EventRequest'], 'eventId'> & { eventId?: string };
export type AppendedEvents = Schemas['EventsResponse'];
export type NewItem = Schemas['ItemRequest'];
export type Item = Schemas['ItemResponse'];
export type FoundItems = Schemas['FoundItemsResponse'];
export type SimilarItems = Schemas['SimilarItemsResponse'];
export type ItemDays = Schemas['ItemDaysResponse'];
export type Features = NonNullable<Schemas['ProfileRequest']['features']>;
export type UserPage = Schemas['UserResponse'];
export type RecentUser = Schemas['RecentUserResponse'];
export type FoundUsers = Schemas['UsersResponse'];
export type Models = Schemas['ModelsResponse'];
export type ModelOrigin = Schemas['ModelOriginResponse'];
export type ExperimentPlan = Schemas['ExperimentRequest'];
export type Experiment = Schemas['ExperimentResponse'];
export type Training = Schemas['TrainingResponse'];
export type TrainingsPage = Schemas['TrainingsResponse'];
export type NewTraining = Schemas['StartTrainingRequest'];
export type KeyRequest = Schemas['KeyRequest'];
export type ApiKey = Schemas['KeyResponse'];
export type NewKey = Schemas['NewKeyResponse'];
export type InputSchema = Schemas['InputSchema'];
export type Overview = Schemas['OverviewResponse'];
export type Cluster = Schemas['ClusterResponse'];
export type Settings = Schemas['SettingsResponse'];
export type Health = Schemas['HealthResponse'];
