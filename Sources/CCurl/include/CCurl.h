#pragma once
#include "CurlLibrary.h"
#include "LibraryText.h"
#include "Poller.h"
