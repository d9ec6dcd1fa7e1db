#ifndef SLIPWAY_FILES_H
#define SLIPWAY_FILES_H
#endif
