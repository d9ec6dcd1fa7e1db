// The room of Publisher.
