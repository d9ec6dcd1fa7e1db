#ifndef SLIPWAY_JAIL_H
#define SLIPWAY_JAIL_H
#endif
