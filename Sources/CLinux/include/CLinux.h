#ifndef SLIPWAY_CLINUX_H
#define SLIPWAY_CLINUX_H
#include "files.h"
#include "jail.h"
#include "processes.h"
#include "spawn_more.h"
#endif
